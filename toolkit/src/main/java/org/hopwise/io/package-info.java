/**
 * Files in and out. {@link org.hopwise.io.NetworkFile} keeps our own networks in a format that NumPy reads.
 * {@link org.hopwise.io.ArrayFile} reads arrays that others wrote: npy, npz, PyTorch, safetensors, JSON.
 * {@link org.hopwise.io.WiringFile} reads and writes edge lists, adjacency matrices and GraphML,
 * {@link org.hopwise.io.MatrixFile} reads a matrix as it is. {@link org.hopwise.io.Limits} and
 * {@link org.hopwise.io.TextOptions} are settings; what is refused is a {@link org.hopwise.FileRefusedException}.
 */
package org.hopwise.io;
