package com.example;

import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

@SpringBootTest
@AutoConfigureMockMvc
class PredictionControllerTest {
  @Autowired private MockMvc http;

  @Test
  void an_uploaded_seven_is_predicted_by_name() throws Exception {
    http.perform(multipart("/predict").file(new MockMultipartFile("image", seven())))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$", hasSize(3)))
        .andExpect(jsonPath("$[0].name").value("7"))
        .andExpect(jsonPath("$[0].probability").value(closeTo(1, 0.3)));
  }

  @Test
  void a_text_file_is_rejected_and_the_response_says_why() throws Exception {
    byte[] text = {'t', 'e', 'x', 't'};
    http.perform(multipart("/predict").file(new MockMultipartFile("image", text)))
        .andExpect(status().isBadRequest())
        .andExpect(
            status()
                .reason(endsWith("is not an image; expected PNG, JPEG, GIF, BMP, TIFF or WebP")));
  }

  /** White on black, as the training data is. */
  private static byte[] seven() throws IOException {
    BufferedImage image = new BufferedImage(280, 280, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.setStroke(new BasicStroke(22, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.drawPolyline(new int[] {80, 200, 120}, new int[] {70, 70, 220}, 3);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
