/** What the commands make of folders of pictures. */
package dev.trifocal.apps.folder;
