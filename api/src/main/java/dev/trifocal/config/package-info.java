/**
 * Settings: HOCON files, system properties and flags, read into typed records, with every problem
 * reported at once. {@link dev.trifocal.config.SettingsSources} is where to start; the defaults
 * stand in the resource {@code trifocal-reference.conf}.
 */
package dev.trifocal.config;
