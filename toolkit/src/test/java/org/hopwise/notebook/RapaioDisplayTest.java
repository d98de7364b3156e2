package org.hopwise.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rapaio.jupyter.kernel.display.DisplaySystem;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Through the kernel's own display system, which finds the provider as a service. */
class RapaioDisplayTest {

    @Test
    void aTableShowsAsHtmlWithATextBesideIt() {
        Map<String, Object> data = shown(Table.create("t", StringColumn.create("name", "x")));
        assertTrue(data.get("text/html").toString().startsWith("<table>"));
        assertEquals("name\nx", data.get("text/plain"));
    }

    @Test
    void everyOtherValueIsPlainText() {
        assertEquals(Map.of("text/plain", "a <b> c"), shown("a <b> c"));
        assertEquals(Map.of("text/plain", "2"), shown(2));
        assertEquals(Map.of("text/plain", "[1, 2]"), shown(List.of(1, 2)));
        assertEquals(Map.of("text/plain", "{a=1}"), shown(Map.of("a", 1)));
    }

    @Test
    void imagesStayImages() {
        assertTrue(shown(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB)).containsKey("image/png"));
    }

    @Test
    void aCellThatAsksForAFormatGetsIt() {
        assertTrue(DisplaySystem.inst().render("text/html", "<b>x</b>").data().containsKey("text/html"));
    }

    private static Map<String, Object> shown(Object value) {
        return DisplaySystem.inst().render(value).data();
    }
}
