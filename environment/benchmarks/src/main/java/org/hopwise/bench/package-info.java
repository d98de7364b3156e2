/** Works that are timed beside the same works in other libraries. Driven by {@code environment/bench}. */
package org.hopwise.bench;
