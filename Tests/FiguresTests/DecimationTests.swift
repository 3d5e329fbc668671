import Figures
import SeededRandom
import Testing

@Suite("Thinning out long lines")
struct DecimationTests {
    @Test(
        "the first, the last, the lowest and the highest point of every column stay",
        arguments: [(1, 1), (10, 3), (1_000, 7), (50_000, 300), (9, 100)])
    func extremes(count: Int, width: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let y = (0..<count).map { _ in generator.nearlyNormal() }
        let column: (Int) -> Int = { $0 * width / count }
        let kept = Decimation.kept(columns: column, y: y.span)
        #expect(kept.count <= min(count, 4 * width))
        #expect(zip(kept, kept.dropFirst()).allSatisfy { $0 < $1 })
        for (name, group) in Dictionary(grouping: 0..<count, by: column) {
            let left = kept.filter { column($0) == name }
            #expect(left.first == group.first && left.last == group.last)
            #expect(left.map { y[$0] }.min() == group.map { y[$0] }.min())
            #expect(left.map { y[$0] }.max() == group.map { y[$0] }.max())
        }
    }

    @Test("a spike of one sample in a million is seen in the drawing")
    func spike() throws {
        var samples = [Double](repeating: 0, count: 1_000_000)
        samples[654_321] = 1
        let figure = Figure(
            panels: [
                Panel(
                    y: Axis(range: 0...1),
                    marks: [.curve(Curve(start: 0, step: 1e-3, samples: samples))])
            ])
        let text = figure.svg()
        #expect(text.utf8.count < 60_000, "a long signal makes no large file")
        let line = try #require(
            text.split(separator: "\n").filter { $0.contains("<polyline") }
                .max { $0.utf8.count < $1.utf8.count })
        let heights = line.split(separator: "\"")[1].split(separator: " ").compactMap {
            Double($0.split(separator: ",")[1])
        }
        let lowest = try #require(heights.min())
        let highest = try #require(heights.max())
        // The plot is nearly as high as the figure, and the spike as high as the plot.
        #expect(highest - lowest > 0.8 * figure.size.height)
    }
}
