package org.hopwise.internal.javadoc;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopwise.internal.Texts;

/** A Javadoc comment, made readable. */
public final class Javadoc {

    /** A full stop, but not that of an abbreviation or inside a tag. */
    private static final Pattern SENTENCE = Pattern.compile("[.:](?=\\s+[A-Z<]|$)");

    private Javadoc() {}

    /** As HTML, without scripts or styles. */
    public static String html(String comment) {
        StringBuilder html = new StringBuilder();
        List<String> blocks = blocks(comment);
        html.append("<p>").append(inline(blocks.get(0)).strip()).append("</p>");
        if (blocks.size() > 1) {
            html.append("<ul>");
            blocks.subList(1, blocks.size())
                    .forEach(block -> html.append("<li>").append(tag(block)).append("</li>"));
            html.append("</ul>");
        }
        return html.toString();
    }

    /** The first sentence of the description. */
    public static String firstSentence(String comment) {
        String description = blocks(comment).get(0).strip().replaceAll("\\s+", " ");
        Matcher end = SENTENCE.matcher(description);
        return end.find() ? description.substring(0, end.start() + 1) : description;
    }

    /** As plain text. */
    public static String text(String comment) {
        StringBuilder text = new StringBuilder();
        for (String block : blocks(comment)) {
            text.append(text.isEmpty() ? "" : "\n  ").append(plain(block.startsWith("@") ? tag(block) : inline(block)));
        }
        return text.toString();
    }

    /** The description, and each of the tags that stand at the beginning of a line. */
    private static List<String> blocks(String comment) {
        List<String> blocks = new ArrayList<>(List.of(""));
        for (String line : comment.split("\n", -1)) {
            if (line.strip().startsWith("@")) {
                blocks.add(line.strip());
            } else {
                int last = blocks.size() - 1;
                blocks.set(last, blocks.get(last) + "\n" + line.strip());
            }
        }
        return blocks;
    }

    private static String tag(String block) {
        String[] words = block.split("\\s+", 2);
        String rest = words.length > 1 ? words[1] : "";
        return switch (words[0]) {
            case "@param", "@throws", "@exception" -> {
                String[] named = rest.split("\\s+", 2);
                yield "<b>" + Texts.escaped(named[0]) + "</b> " + inline(named.length > 1 ? named[1] : "");
            }
            case "@return" -> "<b>returns</b> " + inline(rest);
            default -> "<b>" + Texts.escaped(words[0].substring(1)) + "</b> " + inline(rest);
        };
    }

    /** Replaces the tags in braces; braces may stand inside them. */
    private static String inline(String text) {
        StringBuilder html = new StringBuilder();
        int at = 0;
        for (int open = text.indexOf("{@"); open >= 0; open = text.indexOf("{@", at)) {
            int close = open;
            int depth = 0;
            do {
                depth += text.charAt(close) == '{' ? 1 : text.charAt(close) == '}' ? -1 : 0;
                close++;
            } while (depth > 0 && close < text.length());
            html.append(text, at, open).append(inlineTag(text.substring(open + 2, close - 1)));
            at = close;
        }
        return html.append(text.substring(at)).toString();
    }

    private static String inlineTag(String tag) {
        String[] words = tag.strip().split("\\s+", 2);
        String rest = words.length > 1 ? words[1] : "";
        return switch (words[0]) {
            case "literal" -> Texts.escaped(rest);
            case "inheritDoc", "docRoot" -> "";
            case "return" -> "Returns " + inline(rest) + ".";
            case "link", "linkplain" -> {
                String[] named = rest.split("(?<![,(])\\s+", 2);
                yield "<code>"
                        + Texts.escaped(
                                named.length > 1
                                        ? named[1]
                                        : named[0].replaceFirst("^#", "").replace('#', '.')) + "</code>";
            }
            default -> "<code>" + Texts.escaped(rest) + "</code>";
        };
    }

    private static String plain(String html) {
        return html.replaceAll("(?i)<li>", "\n  - ")
                .replaceAll("(?i)<p>", "\n")
                .replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&")
                .strip();
    }
}
