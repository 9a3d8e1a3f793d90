/**
 * Settings from HOCON files, system properties and flags, read into typed records with all problems
 * reported at once. Start with {@link dev.trifocal.config.SettingsSources}; the defaults are in the
 * resource {@code trifocal-reference.conf}.
 */
package dev.trifocal.config;
