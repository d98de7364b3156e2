package org.hopwise.figure;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class HostileFigureTest {

    private static Figure points(double... values) {
        return Figure.points(
                Table.create("t", DoubleColumn.create("x", 1, 2, 3), DoubleColumn.create("y", values)), "x", "y");
    }

    @Test
    void controlCharactersAreWrittenAsNumbersSoThatTheSvgIsXml() throws Exception {
        Table t = Table.create(
                "t",
                StringColumn.create("n\u0001m", "a\u0000", "b\u001b", "c\ud800"),
                DoubleColumn.create("y", 1, 2, 3));
        Figure figure = Figure.bars(t, "n\u0001m", "y")
                .title("t\u0002")
                .describe("d\u0007 \uffff")
                .yLabel("y\u0008");
        String svg =
                Figure.grid(1, figure.reference(2, "r\u000b")).title("g\u0003").svg();
        var xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertTrue(xml.getElementsByTagName("title").item(0).getTextContent().equals("g\\u0003"));
    }

    @Test
    void valuesBeyondWhatAPictureShowsAreRefused() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> points(-1.7e308, 0, 1.7e308));
        assertTrue(refusal.getMessage().startsWith("column 'y' is -1.7E308 in row 0; a picture shows values up to"));
    }

    @Test
    void largeIntegersCloseToEachOtherAreRefused() {
        Figure figure = points(1e15, 1e15 + 1, 1e15 + 2);
        var refusal = assertThrows(IllegalArgumentException.class, () -> figure.png(96));
        assertTrue(refusal.getMessage().endsWith("subtract 1.0E15 from them."), refusal.getMessage());
    }
}
