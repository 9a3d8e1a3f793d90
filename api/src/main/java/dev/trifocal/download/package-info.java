/**
 * Atomic downloads over HTTP: {@link dev.trifocal.download.Downloader} follows redirects, resumes
 * interrupted downloads, and verifies a file before moving it to its target.
 */
package dev.trifocal.download;
