package org.hopwise.figure;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.hopwise.internal.Texts;

/** A sheet as the bytes of a PNG or the text of an SVG. */
final class Pictures {

    /** A sheet is measured in CSS pixels, of which an inch has 96. */
    private static final double SHEET_DPI = 96;

    private static final double METRES_PER_INCH = 0.0254;

    private Pictures() {}

    static byte[] png(Sheet sheet, int dpi) {
        double scale = dpi / SHEET_DPI;
        BufferedImage image = new BufferedImage(
                (int) Math.ceil(sheet.width() * scale),
                (int) Math.ceil(sheet.height() * scale),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.setColor(java.awt.Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.scale(scale, scale);
            sheet.paint(graphics);
        } finally {
            graphics.dispose();
        }
        return encode(image, dpi);
    }

    private static byte[] encode(BufferedImage image, int dpi) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            IIOMetadata metadata = writer.getDefaultImageMetadata(
                    ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam());
            IIOMetadataNode resolution = new IIOMetadataNode("pHYs");
            String perMetre = Long.toString(Math.round(dpi / METRES_PER_INCH));
            resolution.setAttribute("pixelsPerUnitXAxis", perMetre);
            resolution.setAttribute("pixelsPerUnitYAxis", perMetre);
            resolution.setAttribute("unitSpecifier", "meter");
            IIOMetadataNode root = new IIOMetadataNode("javax_imageio_png_1.0");
            root.appendChild(resolution);
            metadata.mergeTree("javax_imageio_png_1.0", root);
            writer.setOutput(out);
            writer.write(new IIOImage(image, null, metadata));
        } catch (IOException e) {
            throw new UncheckedIOException("the picture could not be encoded as PNG.", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    static String svg(Sheet sheet, String title, String description) {
        VectorGraphics2D graphics = new VectorGraphics2D();
        sheet.paint(graphics);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Processors.get("svg")
                    .getDocument(graphics.getCommands(), new PageSize(0, 0, sheet.width(), sheet.height()))
                    .writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("the picture could not be encoded as SVG.", e);
        }
        String svg = bytes.toString(StandardCharsets.UTF_8);
        int body = svg.indexOf('>', svg.indexOf("<svg")) + 1;
        // The encoder leaves out a font size of 12, its own default, states page sizes in millimetres on one side and
        // pixels on the other, and lets edges of cells blur; so the head is written here.
        String head = String.format(
                Locale.ROOT,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>%n"
                        + "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
                        + "width=\"%.1f\" height=\"%.1f\" viewBox=\"0 0 %.1f %.1f\" role=\"img\" font-size=\"12\">%n"
                        + "  <title>%s</title>%n  <desc>%s</desc>",
                sheet.width(),
                sheet.height(),
                sheet.width(),
                sheet.height(),
                Texts.escaped(title),
                Texts.escaped(description));
        return (head.replace("\r\n", "\n") + svg.substring(body).replace("\r\n", "\n"))
                .replace("&quot;" + Fonts.FAMILY + "&quot;", "'" + Fonts.FAMILY + "', Verdana, sans-serif")
                .replaceAll("<rect ([^>]*stroke:none)", "<rect shape-rendering=\"crispEdges\" $1")
                .replace("<image ", "<image style=\"image-rendering:pixelated\" ");
    }
}
