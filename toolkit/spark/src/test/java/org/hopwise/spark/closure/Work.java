package org.hopwise.spark.closure;

import java.io.Serializable;
import java.util.concurrent.Callable;

/** What cells of these tests send away. */
public interface Work extends Callable<Object>, Serializable {}
