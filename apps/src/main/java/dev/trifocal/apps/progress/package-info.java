/** Training as it goes on: a live bar for people at a terminal, plain lines for files. */
package dev.trifocal.apps.progress;
