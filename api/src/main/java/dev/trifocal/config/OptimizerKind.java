package dev.trifocal.config;

import dev.trifocal.train.Adagrad;
import dev.trifocal.train.Adam;
import dev.trifocal.train.AdamW;
import dev.trifocal.train.NAdam;
import dev.trifocal.train.Optimizer;
import dev.trifocal.train.RmsProp;
import dev.trifocal.train.Sgd;

/** The optimizers that can be selected in configuration. */
public enum OptimizerKind {
  ADAM(0.002) {
    @Override
    Optimizer optimizer(OptimizerSettings settings) {
      return Adam.of(settings.learningRate()).weightDecay(settings.weightDecay().orElse(0));
    }
  },
  ADAMW(0.002) {
    @Override
    Optimizer optimizer(OptimizerSettings settings) {
      AdamW plain = AdamW.of(settings.learningRate());
      return plain.weightDecay(settings.weightDecay().orElse(plain.weightDecay()));
    }
  },
  NADAM(0.002) {
    @Override
    Optimizer optimizer(OptimizerSettings settings) {
      return NAdam.of(settings.learningRate()).weightDecay(settings.weightDecay().orElse(0));
    }
  },
  RMSPROP(0.001) {
    @Override
    Optimizer optimizer(OptimizerSettings settings) {
      return RmsProp.of(settings.learningRate())
          .momentum(settings.momentum().orElse(0))
          .weightDecay(settings.weightDecay().orElse(0));
    }

    @Override
    boolean hasMomentum() {
      return true;
    }
  },
  SGD(0.05) {
    @Override
    Optimizer optimizer(OptimizerSettings settings) {
      return new Sgd(
          settings.learningRate(),
          settings.momentum().orElse(0),
          settings.acceleration(),
          settings.weightDecay().orElse(0));
    }

    @Override
    boolean hasMomentum() {
      return true;
    }
  },
  ADAGRAD(0.01) {
    @Override
    Optimizer optimizer(OptimizerSettings settings) {
      return Adagrad.of(settings.learningRate()).weightDecay(settings.weightDecay().orElse(0));
    }
  };

  private final double learningRate;

  OptimizerKind(double learningRate) {
    this.learningRate = learningRate;
  }

  /** Returns the default learning rate. */
  double learningRate() {
    return learningRate;
  }

  boolean hasMomentum() {
    return false;
  }

  abstract Optimizer optimizer(OptimizerSettings settings);
}
