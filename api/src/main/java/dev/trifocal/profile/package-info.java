/** Where the time of training steps and predictions goes, by operator, layer and phase. */
package dev.trifocal.profile;
