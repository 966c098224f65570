/** What importers of HDF5 files share: a look at the file's head, and fields that are read within bounds. */
package io.spikelet.host.hdf5;
