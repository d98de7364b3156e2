package org.hopwise.figure;

import java.awt.geom.Rectangle2D;
import org.knowm.xchart.internal.chartpart.AxesChart;

/** What stands in a panel below its title: a chart of XChart and little else. */
interface Body {

    /**
     * The chart, with all its series.
     *
     * @param width how wide it will be painted
     * @param height how high it will be painted
     * @return a new chart
     */
    AxesChart<?, ?> chart(double width, double height);

    /**
     * Paints the chart.
     *
     * @param pen what to draw with
     * @param area where, all of it inside
     */
    void paint(Pen pen, Rectangle2D area);
}
