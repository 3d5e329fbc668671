import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import TestSupport
import Testing

@Suite("The same signal in two splits")
struct SharedSignalTests {
    private static func fails(
        _ configuration: CollectionConfiguration = StudyInFolder.configuration,
        _ change: (inout [Recording]) throws -> Void
    ) throws -> String {
        do {
            _ = try StudyInFolder(configuration, change: change)
            return ""
        } catch let error as TaskError {
            return error.description
        }
    }

    @Test("the same file under two names stops the build, whatever its samples are")
    func sameFile() throws {
        for constant in [false, true] {
            let text = try Self.fails { recordings in
                // A signal that does not move leaves no marks: the bytes still are the same.
                if constant {
                    for index in recordings.indices {
                        recordings[index].samples = SampleMatrix(
                            values: recordings[index].samples.values.map { _ in 7 },
                            channelCount: 3)
                    }
                }
                recordings[2].samples = recordings[0].samples
                recordings[2].source = recordings[0].source
            }
            #expect(text.contains("p1/day1/111 (train) and p3/day1/111 (test)"))
            #expect(text.contains("same bytes (p1_111.csv"))
            #expect(text.contains("hint: a model would be evaluated on what it has learned"))
        }
    }

    @Test(
        "a signal of another file, that begins elsewhere in it, is found, too", arguments: [0, 53])
    func sameSignal(cut: Int) throws {
        let text = try Self.fails { recordings in
            var values = recordings[0].samples.values
            values = Array(values[(3 * cut)...] + values[..<(3 * cut)])
            // The validation split counts as one.
            recordings[1].samples = SampleMatrix(values: values, channelCount: 3)
        }
        #expect(text.contains("p1/day1/111 (train) and p2/day1/111 (validation)"), "\(text)")
    }

    @Test("several recordings of one file, and one signal within a split, are no leak")
    func noLeak() throws {
        let text = try Self.fails { recordings in
            for index in recordings.indices { recordings[index].source = recordings[0].source }
            recordings[3].samples = recordings[0].samples
        }
        #expect(text.isEmpty)
    }

    @Test("every collection of a design is checked")
    func design() throws {
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
        for patient in 1...3 {
            var recording = try StudyInFolder.recording(patient)
            if patient == 3 { recording.samples = try StudyInFolder.recording(1).samples }
            try archive.write(recording)
        }
        var configuration = StudyInFolder.configuration
        configuration.patients = PatientSplit()
        configuration.design = CollectionDesign(.leaveOnePatientOut(patients: []))
        let error = #expect(throws: TaskError.self) {
            try CollectionBuilder(configuration: configuration)
                .buildDesign(from: archive, into: folder.url.appending(path: "d"))
        }
        #expect(error?.description.contains("hold the same signal") == true)
    }

    @Test("a recording whose query repeats its support is refused")
    func repeated() throws {
        let study = try StudyInFolder { recordings in
            var values = recordings[3].samples.values
            let half = values.count / 2 / 3 * 3
            for place in half..<values.count { values[place] = values[place - half] }
            recordings[3].samples = SampleMatrix(values: values, channelCount: 3)
        }
        #expect(study.report.refused.map(\.subject) == ["p4/day1/111"])
        #expect(study.report.refused[0].reason.contains("the signal of the support at sample"))
    }
}
