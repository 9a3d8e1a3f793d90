/** Tables for people, JSON for scripts. */
package dev.trifocal.apps.report;
