import Figures
import Testing

@Suite("Figure sizes")
struct FigureSizeTests {
    @Test("a wide figure is wider than high")
    func wide() {
        #expect(FigureSize.wide.width > FigureSize.wide.height)
    }
}
