/** Factorisations, eigenvalues and spectral radii, behind which EJML stands. */
package org.hopwise.internal.linear;
