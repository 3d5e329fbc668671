import Foundation
import MetaLearning
import TestSupport
import Testing

/// The protocols of the reference on people who turned their armbands: leave one person out.
@Suite(
    "A learned prior on people with a real electrode shift",
    .enabled(if: SharedMaterial.isPresent("data/electrode-shift"), "needs ../shared/data"))
struct LearnedPriorPeopleTests {
    private static let (channels, classes, length, stride) = (8, 5, 40, 10)
    private static let parts = ["training", "trial_1", "trial_2", "trial_3", "trial_4"]

    /// The mean amplitudes of windows, of each part and class in the order of repetitions.
    private typealias Person = [String: [Int: [[Double]]]]

    /// Reads the mean absolute values of the windows of a file, `[windows × channels]`.
    private static func amplitudes(_ url: URL) throws -> [Double] {
        let rows = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
            .map { line in
                line.split(separator: ",").map { abs(Double($0) ?? .nan) }
            }
        var result: [Double] = []
        for first in Swift.stride(from: 0, through: rows.count - length, by: stride) {
            for channel in 0..<channels {
                let sum = rows[first..<first + length].reduce(0) { $0 + $1[channel] }
                result.append(sum / Double(length))
            }
        }
        return result
    }

    private static func people() throws -> [Person] {
        let folder = SharedMaterial.url("data/electrode-shift")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
            .filter { $0.hasPrefix("subject") }
        return try names.sorted().map { name in
            var person: Person = [:]
            for part in parts {
                let place = folder.appending(path: "\(name)/\(part)")
                let files = try FileManager.default.contentsOfDirectory(atPath: place.path())
                for file in files.sorted() {
                    guard let match = file.firstMatch(of: /R_(\d+)_C_(\d+)/) else { continue }
                    let label = try #require(Int(match.2))
                    person[part, default: [:]][label, default: []].append(
                        try amplitudes(place.appending(path: file)))
                }
            }
            return person
        }
    }

    /// Some windows in the middle of a repetition, `[windows × channels]`.
    private static func middle(_ amplitudes: [Double], _ count: Int) -> [Double] {
        let windows = amplitudes.count / channels
        let begin = max(0, windows / 2 - count / 2)
        return Array(amplitudes[begin * channels..<min(windows, begin + count) * channels])
    }

    /// Accuracies in percent of each left-out person, by what was shown.
    private static func accuracies() throws -> [String: [Double]] {
        let people = try people()
        let trials = Array(parts.dropFirst())
        func joined(_ person: Person, _ names: [String], _ label: Int) -> [Double] {
            names.flatMap { (person[$0]?[label] ?? []).flatMap { $0 } }
        }
        var table: [String: [Double]] = [:]
        for (leftOut, person) in people.enumerated() {
            let others = people.indices.filter { $0 != leftOut }.map { people[$0] }
            let features = LogAmplitude.fit(
                others.map { other in (0..<classes).flatMap { joined(other, ["training"], $0) } },
                channels: channels)
            func rows(_ amplitudes: (Int) -> [Double]?) -> ClassRows {
                var result = ClassRows(width: channels)
                for label in 0..<classes {
                    let values = features(amplitudes(label) ?? [])
                    for first in Swift.stride(from: 0, to: values.count, by: channels) {
                        result.append(values[first..<first + channels], label: label)
                    }
                }
                return result
            }
            let prior = try LearnedPrior.fit(
                others.map { other in
                    [["training"], trials].map { names in rows { joined(other, names, $0) } }
                }, classCount: classes, turns: .ring(channels: channels))
            let query = (0..<classes).map {
                features(joined(person, Array(trials.dropFirst()), $0))
            }
            func score(_ what: String, _ shown: [Int], _ count: Int) {
                let support = rows { label in
                    shown.contains(label)
                        ? middle(person["trial_1"]?[label]?[0] ?? [], count) : nil
                }
                let classifier = prior.adapted(to: support)
                var (right, all) = (0, 0)
                for (label, rows) in query.enumerated() {
                    right += classifier.predictions(rows).count { $0 == label }
                    all += rows.count / channels
                }
                table[what, default: []].append(100 * Double(right) / Double(all))
            }
            for count in [1, 2, 5, 10, 57] { score("\(count)", Array(0..<classes), count) }
            for label in 0..<classes { score("one", [label], 20) }
            for pair in [[0, 1], [1, 2], [3, 4]] { score("two", pair, 10) }
        }
        return table
    }

    @Test("accuracies are those of the reference within a tenth of a point")
    func reference() throws {
        let found = try Self.accuracies()
        // Means and worst of hierarchical_gaussian.py, rounded as it prints them.
        let expected: [String: (mean: Double, worst: Double)] = [
            "1": (94.7, 84), "2": (94.6, 85), "5": (94.6, 85), "10": (95.2, 84), "57": (95.7, 87),
            "one": (76.0, 25), "two": (86.9, 57),
        ]
        for (what, numbers) in expected {
            let values = try #require(found[what])
            let mean = values.reduce(0, +) / Double(values.count)
            #expect(abs(mean - numbers.mean) < 0.1, "\(what): \(mean)")
            #expect(abs((values.min() ?? 0) - numbers.worst) < 1, "\(what)")
        }
    }
}
