import Decoding
import Documents
import EMGLive
import Foundation
import TestSupport
import Testing

@Suite struct FittsSummaryTests {
    struct Run: Sendable, CustomTestStringConvertible {
        var dimensions: Int
        var velocity = FittsSettings.Velocity.full
        var rate = 20.0
        var errorRate = 0.0
        var lag = 0
        var jitter = 0.0
        var dwell = 1.0

        var testDescription: String {
            "\(dimensions)-D, \(velocity), \(rate) a second, errors \(errorRate), lag \(lag)"
        }
    }

    static let runs = [
        Run(dimensions: 1, jitter: 0.01),
        Run(dimensions: 1, velocity: .proportional, errorRate: 0.1, dwell: 0.5),
        Run(dimensions: 1, rate: 12.5, errorRate: 0.3, lag: 3, jitter: 0.02),
        Run(dimensions: 2, jitter: 0.02),
        Run(dimensions: 2, velocity: .proportional, errorRate: 0.15, lag: 4, jitter: 0.02),
        Run(dimensions: 2, rate: 31.25, errorRate: 0.5, lag: 2, dwell: 0.6),
    ]

    @Test(.enabled(if: Python.has(module: "numpy"), "needs Python with numpy"), arguments: runs)
    func `trials and summary are those of an independent program`(run: Run) throws {
        var settings =
            run.dimensions == 1 ? ClosedLoop.oneDimension : ClosedLoop.twoDimensions
        settings.velocity = run.velocity
        settings.dwellSeconds = run.dwell
        settings.timeLimitSeconds = 6
        settings.trials = 40
        var loop = ClosedLoop()
        loop.rate = run.rate
        loop.errorRate = run.errorRate
        loop.lag = run.lag
        loop.faultRate = run.errorRate / 5
        loop.user.jitter = run.jitter
        let (task, decisions) = try loop.record(settings)
        let reference = try Self.reference(task, decisions, seconds: 1 / run.rate)

        let trials = try reference.required("trials").array()
        #expect(trials.count == task.trials.count)
        for (cursor, trial) in zip(trials, task.trials) {
            let own = try DocumentCursor(
                value: trial.document, document: "trial", path: "$"
            ).object()
            for (key, expected) in try cursor.object().entries where key != "along" {
                try Self.expectSame(
                    own.required(key).value, expected.value, "\(key) of trial \(trial.number)")
            }
        }
        let summary = try reference.required("summary").object()
        let own = try DocumentCursor(
            value: task.summary.document, document: "summary", path: "$"
        ).object()
        for (key, expected) in summary.entries where !["low", "high", "effective"].contains(key) {
            let estimate = try own.optional(key)?.object()
            let mean = try estimate?.required("mean").value ?? .null
            try Self.expectSame(mean, expected.value, "\(key)")
            if let low = estimate?.optional("low"), let high = estimate?.optional("high") {
                let bounds = (try low.number(), try high.number())
                #expect(0 <= bounds.0 && bounds.0 < bounds.1, "\(key)")
            }
        }
        let completion = try own.required("completion_rate").object()
        for bound in ["low", "high"] {
            try Self.expectSame(
                completion.required(bound).value, summary.required(bound).value, "\(bound)")
        }
        try Self.expectSame(
            .numbers(task.summary.conditions.map(\.bitsPerSecond)),
            summary.required("effective").value, "conditions")
    }

    static func reference(
        _ task: FittsTask, _ decisions: [ControlOutput], seconds: Double
    ) throws -> DocumentObject {
        let ways = ["left": (-1.0, 0.0), "right": (1, 0), "up": (0, 1), "down": (0, -1)]
        let given = DocumentValue.object([
            "settings": task.settings.document, "seconds": .number(seconds),
            "targets": .array(
                task.settings.targets().map {
                    .object([
                        "center": .numbers([$0.center.x, $0.center.y]),
                        "distance": .number($0.condition.distance),
                        "width": .number($0.condition.width),
                    ])
                }),
            "moves": .array(
                decisions.map { output in
                    let name = output.label.map { ClosedLoop.classes[$0] }
                    let way = task.settings.classes.first { $0.name == name }.flatMap {
                        ways[$0.direction.rawValue]
                    }
                    let velocity =
                        task.settings.velocity == .full ? 1 : output.velocity
                    return .numbers(way.map { [$0.0 * velocity, $0.1 * velocity] } ?? [0, 0])
                }),
            "active": .array(decisions.map { .boolean(($0.label ?? 0) != 0) }),
            "fault": .array(decisions.map { .boolean($0.state == .fault) }),
        ])
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "given.json")
        try Data(given.json().utf8).write(to: file)
        let answer = try Python.run(FittsReference.program, arguments: [file.path])
        try #require(answer.status == 0, "\(answer.output)")
        return try Document(json: answer.output.utf8, name: "reference").cursor.object()
    }

    static func expectSame(
        _ value: DocumentValue, _ expected: DocumentValue, _ name: Comment
    ) throws {
        switch (value.content, expected.content) {
        case (.array(let values), .array(let expected)):
            #expect(values.count == expected.count, name)
            for (value, expected) in zip(values, expected) {
                try expectSame(value, expected, name)
            }
        case (.number, .number), (.number, .integer), (.integer, .number):
            let (value, expected) = (try number(value), try number(expected))
            #expect(abs(value - expected) < 1e-7 * max(1, abs(expected)), name)
        default: #expect(value.content == expected.content, name)
        }
    }

    static func number(_ value: DocumentValue) throws -> Double {
        try DocumentCursor(value: value, document: "", path: "$").number()
    }

    @Test func `a share has an interval where a mean of like numbers has none`() throws {
        let summary = try ClosedLoop().run(ClosedLoop.oneDimension).summary
        let rate = try #require(summary.completionRate)
        // 16 of 16: the lower bound of Wilson's interval is 16 / (16 + z²).
        #expect(rate.high == 1)
        #expect(abs(try #require(rate.low) - 16 / (16 + 3.841458820694124)) < 1e-12)
        #expect(try #require(summary.restShare).low == nil)
        let throughput = try #require(summary.throughput)
        let (low, high) = (try #require(throughput.low), try #require(throughput.high))
        #expect(low < throughput.mean && throughput.mean < high && throughput.count == 16)
    }

    @Test func `a task without trials knows nothing`() throws {
        var task = try FittsTask(ClosedLoop.oneDimension, classes: ClosedLoop.classes)
        task.stop()
        #expect(task.summary.completionRate == nil && task.summary.throughput == nil)
        #expect(task.summary.conditions.isEmpty)
        #expect(FittsLog(task).csv.split(separator: "\n").count == 1)
    }

    @Test(arguments: ["trials.csv", "trials.json"])
    func `a log is a file of every trial, and replaces the one before`(name: String) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: name)
        try Data("before".utf8).write(to: url)
        var loop = ClosedLoop()
        loop.errorRate = 0.2
        let log = FittsLog(try loop.run(ClosedLoop.oneDimension))
        try log.write(to: url)
        let text = try String(contentsOf: url, encoding: .utf8)
        if name.hasSuffix("csv") {
            #expect(text == log.csv)
            let lines = text.split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
            #expect(lines.count == 17 && Set(lines.map(\.count)) == [21])
            #expect(lines[16][0] == "16")
        } else {
            let document = try Document(json: text.utf8, name: name)
            #expect(document.root.json() == log.document.json())
            let object = try document.cursor.object()
            #expect(try FittsSettings(object.required("settings")) == ClosedLoop.oneDimension)
            #expect(try object.required("trials").array().count == 16)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [name])
    }

    @Test func `a log that cannot be written says where`() throws {
        let folder = try TemporaryFolder()
        let blocked = folder.url.appending(path: "file")
        try Data().write(to: blocked)
        let log = FittsLog(
            try FittsTask(ClosedLoop.oneDimension, classes: ClosedLoop.classes))
        let error = try #require(throws: DecodingError.self) {
            try log.write(to: blocked.appending(path: "trials.csv"))
        }
        #expect(error.description.contains("file"))
    }
}
