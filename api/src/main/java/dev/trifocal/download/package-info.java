/**
 * Files over HTTP, whole or not at all: {@link dev.trifocal.download.Downloader} follows redirects,
 * takes up what broke off, checks what arrived and only then puts it in its place.
 */
package dev.trifocal.download;
