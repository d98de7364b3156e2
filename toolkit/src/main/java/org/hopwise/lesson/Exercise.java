package org.hopwise.lesson;

import java.util.Map;
import java.util.TreeMap;
import org.hopwise.StoppedException;
import org.hopwise.internal.Texts;

/**
 * Whether an answer to an exercise of a lesson is right. The check computes anew what the answer leads to; it says what is
 * missing and never the answer, and it never fails, so that a notebook runs to its end with the exercises untouched.
 *
 * @param id the exercise, such as {@code 03.2}: the lesson and a number
 * @param isRight whether the answer is right
 * @param words what to say about it
 */
public record Exercise(String id, boolean isRight, String words) {

    /** A check of one exercise: nothing to say if the answer is right, else a hint. */
    interface Check {
        String hint(Object[] answer);
    }

    private static final Map<String, Check> CHECKS = new TreeMap<>();

    static {
        CHECKS.putAll(NetworkAnswers.CHECKS);
        CHECKS.putAll(EvidenceAnswers.CHECKS);
        CHECKS.putAll(ClusterAnswers.CHECKS);
        CHECKS.putAll(DynamicsAnswers.CHECKS);
        CHECKS.putAll(TimeCourseAnswers.CHECKS);
        CHECKS.putAll(FitAnswers.CHECKS);
    }

    /**
     * Checks an answer.
     *
     * @param id the exercise, such as {@code 03.2}
     * @param answer what the exercise asks for, in its order
     * @return what there is to say; its text begins with <i>Right</i> or with <i>Not yet</i>
     * @throws IllegalArgumentException if there is no such exercise
     */
    public static Exercise check(String id, Object... answer) {
        Check check = CHECKS.get(id);
        if (check == null) {
            throw new IllegalArgumentException(
                    "there is no exercise '%s'; there are %s.".formatted(id, CHECKS.keySet()));
        }
        String hint;
        try {
            hint = check.hint(answer);
        } catch (StoppedException stop) {
            throw stop;
        } catch (ClassCastException | ArrayIndexOutOfBoundsException other) {
            hint = "the answer is not of the kind that is asked for; keep the names and types of the exercise.";
        } catch (RuntimeException fault) {
            hint = "the answer cannot be tried: " + fault.getMessage();
        }
        return new Exercise(id, hint.isEmpty(), hint);
    }

    /** The exercises that there are. */
    static Map<String, Check> checks() {
        return CHECKS;
    }

    /**
     * The verdict as HTML, in words and colour.
     *
     * @return one paragraph
     */
    public String html() {
        String colour = isRight ? "#1f6f5c" : "#8a5a00";
        return "<p style=\"border-left:5px solid %s;padding:4px 10px;margin:0\">%s</p>"
                .formatted(colour, Texts.html(toString()));
    }

    /** The verdict in words. */
    @Override
    public String toString() {
        return isRight ? "Right: exercise %s is done.".formatted(id) : "Not yet: " + words;
    }
}
