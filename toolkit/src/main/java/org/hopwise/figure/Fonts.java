package org.hopwise.figure;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The bundled font, and how long texts are in it: the same on every machine. */
final class Fonts {

    static final String FAMILY = "DejaVu Sans";
    static final Font TITLE = load("DejaVuSans-Bold.ttf").deriveFont(Font.BOLD, 13f);
    static final Font LETTER = TITLE.deriveFont(15f);
    static final Font AXIS = load("DejaVuSans.ttf").deriveFont(11.5f);
    static final Font TICK = AXIS.deriveFont(10f);
    static final Font LEGEND = AXIS.deriveFont(10.5f);
    static final Font CAPTION = AXIS.deriveFont(10.5f);
    static final Font SMALL = AXIS.deriveFont(9f);

    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);
    private static final String ELLIPSIS = "\u2026";

    private Fonts() {}

    static double width(String text, Font font) {
        return font.getStringBounds(text, CONTEXT).getWidth();
    }

    static double width(List<String> texts, Font font) {
        return texts.stream().mapToDouble(text -> width(text, font)).max().orElse(0);
    }

    static double lineHeight(Font font) {
        return 1.25 * font.getSize2D();
    }

    /** From the base line to the top of a capital. */
    static double capital(Font font) {
        return 0.73 * font.getSize2D();
    }

    /** The text, shortened by an ellipsis where it is wider. */
    static String fit(String text, Font font, double width) {
        if (width(text, font) <= width) {
            return text;
        }
        int length = text.length();
        while (length > 1 && width(text.substring(0, length).stripTrailing() + ELLIPSIS, font) > width) {
            length--;
        }
        return text.substring(0, length).stripTrailing() + ELLIPSIS;
    }

    /** The text in lines of at most this width; a last line that does not fit is shortened. */
    static List<String> wrap(String text, Font font, double width, int most) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            boolean last = lines.size() == most - 1;
            if (!line.isEmpty() && !last && width(line + " " + word, font) > width) {
                lines.add(fit(line.toString(), font, width));
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(fit(line.toString(), font, width));
        return lines;
    }

    private static Font load(String file) {
        try (InputStream in = Fonts.class.getResourceAsStream("fonts/" + file)) {
            if (in == null) {
                throw new IOException(file + " is missing from the toolkit's jar");
            }
            return Font.createFont(Font.TRUETYPE_FONT, in);
        } catch (IOException | FontFormatException e) {
            throw new IllegalStateException(
                    "the bundled font %s cannot be read; build the toolkit again.".formatted(file), e);
        }
    }
}
