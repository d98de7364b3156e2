package org.hopwise.figure;

import java.awt.geom.Rectangle2D;

/** What stands in a panel below its title. */
interface Body {

    /**
     * Paints it.
     *
     * @param pen what to draw with
     * @param area where, all of it inside
     */
    void paint(Pen pen, Rectangle2D area);
}
