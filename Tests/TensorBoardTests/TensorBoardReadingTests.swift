import Figures
import Foundation
import TensorBoard
import TestSupport
import Testing

/// Event files as the real TensorBoard reads them.
@Suite("Reading by TensorBoard")
struct TensorBoardReadingTests {
    private static let program = """
        import json, sys
        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
        events = EventAccumulator(
            sys.argv[1], size_guidance={"scalars": 0, "images": 0, "histograms": 0})
        events.Reload()
        print(json.dumps({
            "scalars": {
                tag: [[e.step, e.wall_time, e.value] for e in events.Scalars(tag)]
                for tag in events.Tags()["scalars"]},
            "images": {
                tag: [[e.step, e.width, e.height, len(e.encoded_image_string)]
                      for e in events.Images(tag)]
                for tag in events.Tags()["images"]},
            "histograms": {
                tag: [[e.step, h.min, h.max, h.num, h.sum, h.sum_squares, list(h.bucket_limit),
                       list(h.bucket)] for e in events.Histograms(tag)
                      for h in [e.histogram_value]]
                for tag in events.Tags()["histograms"]},
        }))
        """

    private struct Contents: Decodable {
        let scalars: [String: [[Double]]]
        let images: [String: [[Double]]]
        let histograms: [String: [[HistogramField]]]
    }

    private enum HistogramField: Decodable, Equatable {
        case number(Double)
        case list([Double])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .list(try container.decode([Double].self))
            }
        }
    }

    @Test(
        "every scalar, image and histogram arrives, over the files of a resumed run, no step twice",
        .enabled(
            if: TensorBoardPython.isPresent,
            "needs Python with tensorboard, or with venv and a network"))
    func everything() throws {
        let folder = try TemporaryFolder()
        let figure = Figure(
            panels: [Panel(marks: [.curve(Curve("loss", x: [0, 1, 2], y: [3, 2, 1]))])])
        let png = Array(try figure.png())
        let numbers: [Float] = (0..<100).map { Float($0 * $0) / 100 }
        // Twice: the second time goes on from step 3, as if the first had been stopped there.
        for steps in [1...5, 4...6] {
            try EventFile.keep(in: folder.url) { step, _ in step < steps.lowerBound }
            let file = try EventFile(in: folder.url)
            for step in steps {
                try file.append(
                    [
                        SummaryValue("step/loss", .scalar(1 / Double(step))),
                        SummaryValue("step/accuracy", .scalar(0.25 * Double(step))),
                    ], step: step, now: Date(timeIntervalSince1970: 1_700_000_000 + Double(step)))
                let picture = try #require(SummaryValue("figures/curve", png: png))
                try file.append(
                    [picture, SummaryValue("parameters/w", .histogram(Histogram(numbers)))],
                    step: step)
            }
        }
        let output = try TensorBoardPython.run(Self.program, arguments: [folder.url.path()])
        let line = try #require(
            output.split(separator: "\n").last { $0.hasPrefix("{") }, "\(output)")
        let read = try JSONDecoder().decode(Contents.self, from: Data(line.utf8))
        #expect(read.scalars.keys.sorted() == ["step/accuracy", "step/loss"])
        let losses = try #require(read.scalars["step/loss"])
        #expect(losses.map { $0[0] } == [1, 2, 3, 4, 5, 6])
        #expect(losses.map { $0[1] } == (1...6).map { 1_700_000_000 + Double($0) })
        for (row, step) in zip(losses, 1...6) { #expect(row[2] == Double(Float(1 / Double(step)))) }
        let images = try #require(read.images["figures/curve"])
        #expect(images.map { $0[0] } == [1, 2, 3, 4, 5, 6])
        // 10 by 5.6 inches at 144 pixels an inch.
        #expect(images.allSatisfy { Array($0.dropFirst()) == [1_440, 800, Double(png.count)] })
        let histograms = try #require(read.histograms["parameters/w"])
        #expect(histograms.count == 6)
        let expected = Histogram(numbers)
        #expect(
            Array(histograms[0].dropFirst()) == [
                .number(0), .number(Double(numbers[99])), .number(100), .number(expected.sum),
                .number(expected.sumOfSquares), .list(expected.limits), .list(expected.counts),
            ])
    }
}
