package dev.trifocal.zoo;

/**
 * The publication that introduced a network.
 *
 * @param title the title with its authors
 * @param link an https address
 * @param year the year of publication
 */
public record Paper(String title, String link, int year) {}
