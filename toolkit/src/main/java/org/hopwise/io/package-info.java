/**
 * Files in and out. {@link org.hopwise.io.NetworkFile} keeps our own networks in a format that NumPy reads.
 * {@link org.hopwise.io.ArrayFile} reads arrays that others wrote: npy, npz, PyTorch, safetensors, JSON.
 * {@link org.hopwise.io.MatrixFile} reads a matrix from text. {@link org.hopwise.io.Limits} says how much of a file is
 * believed; whatever is refused is a {@link org.hopwise.FileRefusedException}.
 */
package org.hopwise.io;
