/**
 * Checks, the ND4J bootstrap, linear algebra, random draws and fast loops. Not API: it changes without notice.
 */
package org.hopwise.internal;
