/** The one door for trained models: finds out what a file is and hands it to the importer that reads it. */
package io.spikelet.host.formats;
