/**
 * Transfer learning: a new head is trained on a frozen, pretrained network; then the last layers of
 * the network are fine-tuned at a lower learning rate.
 */
package dev.trifocal.transfer;
