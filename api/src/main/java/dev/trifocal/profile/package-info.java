/**
 * The clock, and where the time of training steps and predictions goes: operators, layers, phases.
 */
package dev.trifocal.profile;
