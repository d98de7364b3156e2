package org.hopwise.io;

/**
 * Numbers as tables have them: {@code [+-]digits[.digits][e[+-]digits]}. Java's own parser also takes 3d, 0x1p3 and NaN,
 * which in a table are mistakes.
 */
final class TextNumber {

    private TextNumber() {}

    static boolean isNumber(String text, char point) {
        int at = sign(text, 0);
        int digits = digits(text, at);
        if (digits == at) {
            return false;
        }
        at = digits;
        if (at < text.length() && text.charAt(at) == point) {
            digits = digits(text, at + 1);
            if (digits == at + 1) {
                return false;
            }
            at = digits;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int exponent = sign(text, at + 1);
            at = digits(text, exponent);
            if (at == exponent) {
                return false;
            }
        }
        return at == text.length();
    }

    /** The value of what is a number; infinite if it is beyond a double. */
    static double value(String number, char point) {
        return Double.parseDouble(point == '.' ? number : number.replace(point, '.'));
    }

    private static int sign(String text, int at) {
        return at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+') ? at + 1 : at;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
