package org.coffer.window.tray;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.coffer.window.picture.Fx;
import org.coffer.window.tray.bus.Pixmap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pixels of the icon. */
class TrayArtTest {
    private static List<Pixmap> pictures(TrayArt.Mark mark) {
        return Fx.call(() -> new TrayArt().pictures(mark));
    }

    /** Alpha, red, green and blue of a pixel, its place in shares of the side. */
    private static List<Integer> pixel(Pixmap picture, double x, double y) {
        int row = (int) (picture.height() * y);
        int column = (int) (picture.width() * x);
        int at = (row * picture.width() + column) * Integer.BYTES;
        return IntStream.range(at, at + Integer.BYTES)
                .mapToObj(i -> picture.argb()[i] & 0xff)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void isATileInTheSizesOfPanelsWithItsMarkInTheCorner(TrayArt.Mark mark) {
        List<Pixmap> pictures = pictures(mark);
        assertThat(pictures).extracting(Pixmap::width).containsExactly(22, 24, 32, 48, 64);
        for (Pixmap picture : pictures) {
            assertThat(picture.height()).isEqualTo(picture.width());
            assertThat(picture.argb()).hasSize(picture.width() * picture.width() * 4);
            assertThat(pixel(picture, 0, 0)).as("a round corner").element(0).isEqualTo(0);
            assertThat(pixel(picture, 0.5, 0.08)).as("the tile").element(0).isEqualTo(255);
            List<Integer> corner = pixel(picture, 0.75, 0.85);
            List<Integer> plain = pixel(pictures(TrayArt.Mark.NONE).get(pictures.indexOf(picture)), 0.75, 0.85);
            assertThat(corner.equals(plain))
                    .as("%s of %s px", corner, picture.width())
                    .isEqualTo(mark == TrayArt.Mark.NONE);
        }
    }
}
