import EMGSynth
import Foundation
import TestSupport
import Testing

@Suite("Synthetic laboratory")
struct SyntheticLaboratoryTests {
    private func lines(_ plan: LaboratoryPlan) throws -> [[Substring]] {
        let bytes = try SyntheticLaboratory(plan).table(try #require(plan.recordings.first))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasSuffix("\n"))
        return text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
    }

    @Test("a full table has the laboratory's columns")
    func fullLayout() throws {
        let lines = try lines(LaboratoryPlan(style: .roam, seed: 1))
        #expect(
            lines[0].joined(separator: ",")
                == ",gt,time_elapsed,current_time,current_task,emg0,emg1,emg2,emg3,emg4,emg5,emg6,emg7"
        )
        for (index, row) in lines.dropFirst().enumerated() {
            guard row.count == 13, row[0] == "\(index)", ["0", "1", "2"].contains(row[1]),
                row[2].wholeMatch(of: /\d+\.\d{9}/) != nil,
                row[3].wholeMatch(of: /20240304\d{9}/) != nil, row[4] == "None",
                row[5...].allSatisfy({ $0.wholeMatch(of: /\d{1,4}/) != nil })
            else {
                Issue.record("row \(index) is \(row.joined(separator: ","))")
                break
            }
        }
        #expect(lines[1][2].hasPrefix("2.03"))
    }

    @Test(
        "a compact table has class, time and channels; its time is exact",
        arguments: [(1_000.0, 3), (2_000, 4), (500, 3), (512, 9)])
    func compactLayout(rate: Double, decimals: Int) throws {
        let lines = try lines(LaboratoryPlan(style: .bipolar, seed: 1, samplingRateHertz: rate))
        #expect(
            lines[0].joined(separator: ",")
                == "gt,time_elapsed,emg0,emg1,emg2,emg3,emg4,emg5,emg6,emg7")
        for (index, row) in lines.dropFirst().enumerated() {
            let time = try #require(Double(row[1]))
            #expect(abs(time - 2.03 - Double(index) / rate) < 1e-8)
            #expect(row.count == 10)
        }
        #expect(lines[1][1].split(separator: ".")[1].count == decimals)
    }

    @Test("folders and files are named as the laboratory names them")
    func names() throws {
        let plan = LaboratoryPlan(style: .roam, patients: 11, sessionsPerPatient: 2)
        let paths = plan.recordings.map(\.path)
        #expect(paths.count == 44)
        #expect(paths.first == "2024_03_04_p1/p1_111.csv")
        #expect(paths[3] == "2024_04_01_p1/p1_131.csv")
        #expect(paths.last == "2024_05_01_p11/p11_131.csv")
        #expect(Set(paths).count == paths.count)
    }

    @Test("files are written for any number of threads alike, and never overwritten")
    func writing() throws {
        let folder = try TemporaryFolder()
        let laboratory = try SyntheticLaboratory(
            LaboratoryPlan(style: .roam, patients: 2, seed: 1))
        let one = folder.url.appending(path: "one")
        let files = try laboratory.write(to: one)
        let others = try laboratory.write(to: folder.url.appending(path: "other"), threads: 4)
        #expect(files.count == 4)
        for (file, other) in zip(files, others) {
            #expect(try Data(contentsOf: file) == Data(contentsOf: other))
        }
        try laboratory.write(to: one)
        try Data("other".utf8).write(to: files[2])
        let error = #expect(throws: SynthError.self) { try laboratory.write(to: one) }
        guard case .alreadyExists(let path) = error?.kind else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(path.hasSuffix("p2_111.csv"))
        #expect(try Data(contentsOf: files[2]) == Data("other".utf8))
    }

    @Test("a folder that cannot be made is an error of its own")
    func unwritable() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "file")
        try Data("x".utf8).write(to: file)
        let laboratory = try SyntheticLaboratory(LaboratoryPlan(style: .roam, patients: 1))
        let error = #expect(throws: SynthError.self) {
            try laboratory.write(to: file.appending(path: "below"))
        }
        guard case .unwritable = error?.kind else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    static let senseless: [@Sendable (inout LaboratoryPlan) -> Void] = [
        { $0.patients = 0 }, { $0.patients = 1_000 }, { $0.sessionsPerPatient = 0 },
        { $0.conditionsPerSession = 9 }, { $0.cyclesPerRecording = 0 }, { $0.channelCount = 0 },
        { $0.samplingRateHertz = .nan }, { $0.samplingRateHertz = 5_000 },
        { $0.phaseSeconds = 0...1 }, { $0.mainsHertz = 55 },
    ]

    @Test("a plan that makes no sense is refused", arguments: senseless.indices)
    func refused(index: Int) {
        var plan = LaboratoryPlan(style: .bipolar)
        Self.senseless[index](&plan)
        #expect(throws: SynthError.self) { try SyntheticLaboratory(plan) }
    }
}
