import Autodiff
import Decoding
import Documents
import Foundation
import MetaLearning
import SeededRandom
import TestSupport
import Testing

@Suite("Damaged bundles of a prior")
struct PriorBundleDamageTests {
    /// Classes · features of the sample: three of four blocks of eight channels.
    private static let (width, size) = (32, 96)

    private static func identity(_ width: Int, times factor: Double) -> [Double] {
        (0..<width * width).map { $0 % (width + 1) == 0 ? factor : 0 }
    }

    /// A tensor that takes the place of another one, and what is said then; no tensor to take one
    /// out.
    struct Damage: Sendable, CustomTestStringConvertible {
        let tensor: String
        let shape: [Int]?
        let numbers: [Double]
        let words: String
        var testDescription: String { "\(tensor): \(words)" }

        init(_ tensor: String, _ shape: [Int]?, _ numbers: [Double], _ words: String) {
            (self.tensor, self.shape, self.numbers, self.words) = (tensor, shape, numbers, words)
        }
    }

    static let damages: [Damage] = {
        let asymmetric: [Double] = {
            var matrix = identity(size, times: 2)
            matrix[1] = 1
            return matrix
        }()
        let noise = identity(width, times: 1)
        return [
            Damage("mean", nil, [], "mean"),
            Damage("mean", [3, 31], Array(repeating: 0, count: 93), "shape"),
            Damage("mean", [3, 32], Array(repeating: .nan, count: 96), "finite"),
            Damage("mean", [3, 32], Array(repeating: 1e7, count: 96), "at most"),
            Damage("spread", [96, 96], identity(size, times: 0), "positive definite"),
            Damage("spread", [96, 96], identity(size, times: -1), "positive definite"),
            Damage(
                "spread", [96, 96], Array(repeating: 1, count: 96 * 96), "positive definite"),
            Damage("spread", [96, 96], asymmetric, "symmetric"),
            Damage("window_noise", [1, 32, 32], noise, "shape"),
            Damage(
                "repetition_noise", [3, 32, 32],
                (0..<3).flatMap { _ in identity(width, times: -1e5) }, "positive definite"),
            Damage("session", [96, 95], Array(repeating: 0, count: 96 * 95), "shape"),
            Damage("person.turns", [16], Array(repeating: 1, count: 16), "sum to 1"),
            Damage("person.turns", [8], Array(repeating: 0.125, count: 8), "shape"),
            Damage("person.turns", nil, [], "person.turns"),
            Damage("person.means", [16, 3, 31], Array(repeating: 0, count: 1_488), "shape"),
            Damage("person.unknown", [96, 96], identity(size, times: -1e5), "positive definite"),
            Damage("person.noise_share", [1], [1], "below 1"),
            Damage("person.noise_share", [1], [-0.5], "below 1"),
            Damage("person.noise", nil, [], "person.noise"),
            Damage("person.noise", [32, 32], identity(width, times: -1), "positive definite"),
            Damage("person.shown", [3, 8], Array(repeating: 0, count: 24), "shape"),
            Damage("weights", [1], [0], "a tensor weights"),
        ]
    }()

    @Test(arguments: damages)
    func `numbers that are no prior's are refused with the tensor`(damage: Damage) throws {
        var file = try BandPeople.bundle(BandPeople.model("person")).tensors
        if let shape = damage.shape {
            file.set(
                damage.tensor, to: Tensor(shape: Shape(shape), elements: damage.numbers))
        } else {
            file.remove(damage.tensor)
        }
        let error = #expect(throws: MetaLearningError.self) {
            _ = try DecoderBundle(file, name: "x.myodec")
        }
        let text = "\(try #require(error))"
        #expect(text.contains(damage.words) && text.contains(damage.tensor), "\(text)")
    }

    @Test(
        arguments: [
            ("\"turns\": \"ring\"", "\"turns\": \"none\"", "shape"),
            (", \"turns\": \"ring\"", "", "turns"),
            ("\"freedom\": 8.0", "\"freedom\": 0", "freedom"),
            ("\"temperature\": ", "\"temperature\": -", "temperature"),
            ("\"person_windows\": 300.0", "\"person_windows\": 0", "person_windows"),
            ("\"floor\": 0.02", "\"floor\": 0", "floor"),
            ("\"largest_correlation\": 0.95", "\"largest_correlation\": 1", "correlation"),
        ])
    func `settings that do not fit are refused with their names`(
        good: String, bad: String, words: String
    ) throws {
        var file = try BandPeople.bundle(BandPeople.model("person")).tensors
        let text = try Document(json: Array((file.metadata["decoder"] ?? "").utf8), name: "d").root
            .json(.spaced)
        let place = try #require(text.range(of: good), "\(text)")
        file.metadata["decoder"] = text.replacingCharacters(in: place, with: bad)
        let error = #expect(throws: (any Error).self) {
            _ = try DecoderBundle(file, name: "x.myodec")
        }
        #expect("\(try #require(error))".contains(words), "\(String(describing: error))")
    }

    @Test func `numbers that are changed anywhere never end the program`() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "x.myodec")
        let bytes = try BandPeople.bundle(BandPeople.model("learning")).tensors.bytes
        let samples = BandPeople.recording(of: 9, cues: [0, 1]).samples
        var generator = SeededGenerator(seed: 4, stream: "damage")
        var refused = 0
        for round in 0..<60 {
            var damaged = bytes
            if round.isMultiple(of: 3) {
                damaged.removeLast(1 + generator.integer(below: bytes.count))
            } else {
                for _ in 0..<40 {
                    damaged[generator.integer(below: bytes.count)] = UInt8(
                        generator.integer(below: 256))
                }
            }
            try Data(damaged).write(to: url)
            do {
                let bundle = try DecoderBundle(contentsOf: url)
                _ = try DecidedWindow.all(of: samples, by: bundle, chunk: 40)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 20)
    }
}
