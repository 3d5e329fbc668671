import Foundation
import TestSupport
import Testing

@Suite("Settings of experiments")
struct ExperimentSettingsTests {
    @Test(
        "a wrong key of any part is found before anything runs",
        arguments: [
            ("convert.rate_hz=100", nil), ("convert.rate_h=100", "did you mean \"rate_hz\"?"),
            ("convert.missing=rejct", "did you mean \"reject\"?"),
            ("filter={stages: [rectify]}", nil),
            ("filter={stages: [rectfy]}", "did you mean \"rectify\"?"),
            ("filter={phaze: zero, stages: [rectify]}", "did you mean \"phase\"?"),
            ("build.seeds=1", "did you mean \"seed\"?"),
            ("train.task_memory_mb=5", "did you mean \"task_memory_mib\"?"),
        ] as [(String, String?)])
    func wrongKeys(override: String, hint: String?) throws {
        let folder = try TemporaryFolder()
        try """
        convert: {inputs: nowhere}
        filter: {stages: [rectify]}
        build: {window: {length: 40, stride: 40}}
        """.write(
            to: folder.url.appending(path: "e.yaml"), atomically: true, encoding: .utf8)
        let run = try CommandRun(["run", "e.yaml", "--print-config", override], in: folder.url)
        #expect(run.status == (hint == nil ? 0 : 1), "\(run.problems)")
        if let hint { #expect(run.problems.contains(hint)) }
    }
}
