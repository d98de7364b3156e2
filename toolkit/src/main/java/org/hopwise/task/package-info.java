/**
 * Trials: what goes in, what should come out, and when it counts.
 *
 * <p>{@link org.hopwise.task.Tasks} has the six tasks of the main paper; each is a
 * {@link org.hopwise.task.HierarchicalTask}, whose settings make tasks of your own. A task draws
 * {@link org.hopwise.task.TaskBatch batches} of trials from a seed; a {@link org.hopwise.task.MappedTask} also knows its
 * optimal influence map, whole and hop by hop. Six more tasks answer over time, and
 * {@link org.hopwise.task.Task#of(String, TaskShape, Trial.Writer) Task.of} makes others in five lines,
 * {@link org.hopwise.task.Trial} by trial. Implement {@link org.hopwise.task.Task} for anything else.
 *
 * @serial exclude
 */
package org.hopwise.task;
