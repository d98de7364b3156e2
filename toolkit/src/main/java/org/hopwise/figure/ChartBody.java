package org.hopwise.figure;

import org.knowm.xchart.internal.chartpart.AxesChart;

/** A body that is a chart of XChart and little else. */
interface ChartBody extends Body {

    /**
     * The chart, with all its series.
     *
     * @param width how wide it will be painted
     * @param height how high it will be painted
     * @return a new chart
     */
    AxesChart<?, ?> chart(double width, double height);
}
