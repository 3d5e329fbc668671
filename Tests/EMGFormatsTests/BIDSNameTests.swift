import EMGFormats
import Testing

@Suite("Names of BIDS")
struct BIDSNameTests {
    @Test("a name is divided at its entities")
    func entities() throws {
        let name = try #require(BIDSName("sub-7_ses-1_task-grasp_run-2_emg.edf"))
        #expect(name[.subject] == "7" && name[.session] == "1" && name[.task] == "grasp")
        #expect(name[.run] == "2" && name[.recording] == nil)
        #expect(name.isRecording && name.fileExtension == "edf")
        let side = try #require(BIDSName("sub-7_channels.tsv"))
        #expect(side.applies(to: name) && !side.isRecording)
        #expect(side.suffix == BIDS.Suffix.channels.rawValue)
    }

    @Test("an entity that is written is read back", arguments: BIDSName.Key.allCases)
    func roundTrip(key: BIDSName.Key) throws {
        let name = try #require(BIDSName("\(key.entity("a1"))_emg.bdf"))
        #expect(name[key] == "a1")
    }
}
