/**
 * The border to the operating system: streams, environment, exit; and errors as people see them.
 */
package dev.trifocal.apps.terminal;
