/**
 * Trials: what goes in, what should come out, and when it counts.
 *
 * <p>{@link org.hopwise.task.Tasks} has the six tasks of the main paper; each is a
 * {@link org.hopwise.task.HierarchicalTask}, whose settings make tasks of your own. A task draws
 * {@link org.hopwise.task.TaskBatch batches} of trials from a seed and knows its optimal influence map, whole and hop by
 * hop. Implement {@link org.hopwise.task.Task} for anything else.
 */
package org.hopwise.task;
