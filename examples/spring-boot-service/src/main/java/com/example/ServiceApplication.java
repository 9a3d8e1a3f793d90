package com.example;

import dev.trifocal.vision.ImageClassifier;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A web service that says what uploaded images show. */
@SpringBootApplication
public class ServiceApplication {
  public static void main(String[] args) {
    SpringApplication.run(ServiceApplication.class, args);
  }

  /** Loaded once and shared by all requests; Spring closes it at shutdown. */
  @Bean
  ImageClassifier classifier(@Value("${classifier.model}") Path model) {
    return ImageClassifier.load(model);
  }
}
