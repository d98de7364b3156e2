/**
 * What lessons are made of: pictures to move, drawings of networks, exercises that check themselves.
 *
 * <ol>
 *   <li>{@link org.hopwise.lesson.Slider} shows hops, or maps and figures over a setting, one at a time.
 *   <li>{@link org.hopwise.lesson.NetworkDrawing} draws a network's units and edges.
 *   <li>{@link org.hopwise.lesson.Exercise} says whether an answer of a lesson is right.
 * </ol>
 */
package org.hopwise.lesson;
