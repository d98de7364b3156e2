package org.hopwise.notebook;

import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** One output in several formats, by MIME type: the front end shows the richest that it knows. */
record MimeBundle(Map<String, String> data) {

    static final String TEXT = "text/plain";
    static final String HTML = "text/html";
    static final String PNG = "image/png";

    MimeBundle {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    static MimeBundle text(String text) {
        return new MimeBundle(Map.of(TEXT, text));
    }

    static MimeBundle html(String html, String text) {
        return text(text).with(HTML, html);
    }

    /** A picture; encoded here because the kernels' own encoders drop the last bytes. */
    static MimeBundle png(byte[] png, String text) {
        return text(text).with(png);
    }

    /** With a picture beside what there is, for front ends that show no HTML, such as LaTeX. */
    MimeBundle with(byte[] png) {
        return with(PNG, Base64.getEncoder().encodeToString(png));
    }

    private MimeBundle with(String type, String value) {
        Map<String, String> more = new LinkedHashMap<>(data);
        more.put(type, value);
        return new MimeBundle(more);
    }

    String text() {
        return data.getOrDefault(TEXT, "");
    }
}
