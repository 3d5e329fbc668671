import Decoding
import Documents
import EMGLive
import Testing

@Suite struct TargetControlTests {
    @Test(
        arguments: [
            (["relax", "open", "close"], [["close", "open"]]),
            (
                ["open", "relax", "close", "wrist_extension", "wrist_flexion"],
                [["close", "open"], ["close", "open", "wrist_extension", "wrist_flexion"]]
            ),
            (
                ["rest", "pinch", "ulnar", "radial", "Fist", "open"],
                [["Fist", "open"], ["Fist", "open", "radial", "ulnar"]]
            ),
            (
                ["rest", "one", "two", "three", "four"],
                [["one", "two"], ["one", "two", "four", "three"]]
            ),
            (["rest", "open"], []),
        ] as [([String], [[String]])])
    func `a task is proposed that opposite movements control`(
        classes: [String], expected: [[String]]
    ) throws {
        let neutral = TargetControl(classes: classes).neutral
        let proposals = FittsSettings.proposals(classes: classes, neutral: neutral)
        #expect(proposals.map { $0.classes.map(\.name) } == expected)
        for proposal in proposals {
            _ = try FittsTask(proposal, classes: classes)
            let read = try FittsSettings(
                Document(json: proposal.document.json().utf8, name: "proposal").cursor)
            #expect(read == proposal)
        }
    }

    static func member(_ control: TargetControl, _ path: String...) -> DocumentValue? {
        control.document.value(at: path.map { .member($0) })
    }

    @Test func `the page is shown the decision with and without a task`() throws {
        var control = TargetControl(classes: FittsTaskTests.classes)
        #expect(Self.member(control, "task") == .null)
        #expect(Self.member(control, "decision") == .null)
        control.step(decision: FittsTaskTests.output("h"), seconds: 0.1)
        #expect(Self.member(control, "decision", "class") == .string("open"))
        #expect(Self.member(control, "decision", "velocity") == .number(0.5))
        #expect(Self.member(control, "decision", "state") == .string("held"))
        #expect(Self.member(control, "decision", "direction") == .null)
        try control.start(FittsTaskTests.settings)
        control.step(decision: FittsTaskTests.output("R"), seconds: 0.1)
        #expect(Self.member(control, "decision", "direction") == .string("right"))
        #expect(Self.member(control, "task", "phase") == .string("rest"))
        control.step(decision: FittsTaskTests.output("-"), seconds: 0.1)
        #expect(Self.member(control, "decision", "class") == .string("relax"))
    }

    @Test func `a task goes on to its end, is stopped, and begins anew`() throws {
        var control = TargetControl(classes: FittsTaskTests.classes)
        try control.start(FittsTaskTests.settings)
        var ended: [FittsTrial] = []
        for letter in "..........RRR....." {
            let trial = control.step(decision: FittsTaskTests.output(letter), seconds: 0.1)
            if let trial { ended.append(trial) }
        }
        #expect(ended == control.task?.trials && ended.count == 1)
        #expect(control.task?.phase == .finished)
        try control.start(FittsTaskTests.settings)
        #expect(control.task?.trials.isEmpty == true && control.task?.phase == .rest)
        control.stop()
        #expect(control.task?.phase == .finished)
        var wrong = FittsTaskTests.settings
        wrong.left = "clse"
        #expect(throws: DecodingError.self) { try control.start(wrong) }
        #expect(control.task?.phase == .finished, "a task that cannot begin changes nothing")
    }
}
