/** The settings of a command: its options, system properties and files combined. */
package dev.trifocal.apps.settings;
