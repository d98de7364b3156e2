/**
 * Tables to pictures. {@link org.hopwise.figure.Figure} draws heat maps, lines, points, bars and boxes from a tidy
 * table, alone or as a grid of lettered panels, as PNG or SVG.
 *
 * <p>Every setting returns a copy, so a cell can be run again. {@code save} writes the picture in both formats, the table
 * behind it and how it came to be. Colours can be told apart with any kind of colour vision, the font is bundled, and
 * this is the only package that knows how pictures are drawn.
 */
package org.hopwise.figure;
