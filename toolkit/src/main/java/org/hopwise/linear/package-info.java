/**
 * What a linear network would do, in closed form: {@link org.hopwise.linear.PopulationLoss} is the loss over all trials
 * at once, {@link org.hopwise.linear.LinearOptimum} the best that a penalty on walks leaves. Our own theory.
 */
package org.hopwise.linear;
