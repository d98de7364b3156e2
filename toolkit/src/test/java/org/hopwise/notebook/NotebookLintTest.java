package org.hopwise.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotebookLintTest {

    private static final String GOOD = """
            {"cells": [
              {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# Why?"]},
              {"cell_type": "code", "id": "b", "metadata": {}, "execution_count": null, "outputs": [],
               "source": ["var figure = draw();\\n", "figure.save(\\"fig1_walks\\");"]}],
             "metadata": {"kernelspec": {"name": "java", "display_name": "Java", "language": "java"}},
             "nbformat": 4, "nbformat_minor": 5}
            """;

    @Test
    void aGoodNotebookHasNoFaults() {
        assertEquals(List.of(), NotebookLint.faults("fig1_walks", GOOD));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"outputs\": []                | \"outputs\": [{}]              | code cell 1 has stored outputs; clear them",
                "\"execution_count\": null      | \"execution_count\": 3         | code cell 1 has an execution count; clear it",
                "\"name\": \"java\"             | \"name\": \"python3\"          | its kernelspec is 'python3'; use 'java'",
                "\"nbformat_minor\": 5          | \"nbformat_minor\": 4          | its format is 4.4; use 4.5",
                "\"id\": \"b\"                  | \"id\": \"a\"                  | a cell has the id 'a'; every cell needs one of its own",
                "\"id\": \"b\",                 | ``                             | a cell has the id ''; every cell needs one of its own",
                "\"var figure = draw();\\n\"    | \"%maven a:b:c\\n\"            | code cell 1 has a line that starts with %, which only some kernels know",
                "\"var figure = draw();\\n\"    | \"a.save(\\\"fig2_x\\\");\\n\" | it saves a figure as 'fig2_x'; use its own name",
                "var figure = draw();\\n        | System.out.printf(\\\"x\\\");\\n | code cell 1 uses printf, whose stream some kernels show as a value; use println(String.format(...))",
                "var figure = draw();\\n        | Map.of(1, 2).keySet();\\n    | code cell 1 goes through a Map.of or Set.of, whose order differs from run to run; use a List",
                "var figure = draw();\\n        | Results.table(\\\"fig2_x\\\", 1); | it keeps a table of 'fig2_x'; use its own name",
                "figure.save(\\\"fig1_walks\\\"); | figure;                     | it never calls .save(\"fig1_walks\")",
                "var figure = draw();\\n        | var id = FigureId.of(\\\"fig2_x\\\"); | its id is 'fig2_x'; use its own name",
                "var figure = draw();\\n        | var id = FigureId.of(\\\"fig1_walks\\\"); | it has an id and types it again, or a claim's whole name; give id",
                "var figure = draw();\\n        | 1;\\n2;\\n3;\\n4;\\n5;\\n6;\\n7;\\n8;\\n9;\\n10;\\n | code cell 1 has 11 lines; at most 10",
            })
    void aBrokenRuleIsNamed(String good, String bad, String fault) {
        assertTrue(GOOD.contains(good), good);
        assertEquals(List.of(fault), NotebookLint.faults("fig1_walks", GOOD.replace(good, bad)));
    }

    @Test
    void aLineOfCodeMayHaveAHundredColumns() {
        String wide = "// " + "x".repeat(97);
        assertEquals(List.of(), NotebookLint.faults("fig1_walks", GOOD.replace("var figure = draw();", wide)));
        assertEquals(
                List.of("code cell 1 has a line of 101 columns; at most 100"),
                NotebookLint.faults("fig1_walks", GOOD.replace("var figure = draw();", wide + "x")));
    }

    @Test
    void aNotebookMayKeepItsNameInAValue() {
        String once = GOOD.replace("var figure = draw();", "var id = FigureId.of(\\\"fig1_walks\\\");")
                .replace("save(\\\"fig1_walks\\\")", "save(id)");
        assertEquals(List.of(), NotebookLint.faults("fig1_walks", once));
        assertEquals(
                List.of("it never calls .save(\"fig1_walks\")"),
                NotebookLint.faults("fig1_walks", once.replace("save(id)", "show()")));
    }

    @ParameterizedTest
    @CsvSource({"Untitled", "1_build", "fig_walks", "fig1", "01_build", "fig1_Walks", "extra1_walks"})
    void aNameOutsideThePatternsIsAFault(String stem) {
        String notebook = GOOD.replace("fig1_walks", stem);
        assertEquals(
                List.of("its name is neither NN_verb_object nor figN_subject (or supp, real, rm, net for fig)"),
                NotebookLint.faults(stem, notebook));
    }

    @ParameterizedTest
    @CsvSource({
        "01_build_a_task",
        "fig12_walks",
        "supp3_more_seeds",
        "real1_worm_connectome",
        "rm2_spectrum",
        "net1_strengths"
    })
    void namesOfEveryKindAreKnown(String stem) {
        assertEquals(List.of(), NotebookLint.faults(stem, GOOD.replace("fig1_walks", stem)));
    }

    @Test
    void whatIsNoNotebookIsAFault() {
        assertTrue(NotebookLint.faults("fig1_walks", "[1, 2").get(0).startsWith("is not a notebook"));
    }
}
