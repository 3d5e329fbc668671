/// Words of the BIDS standard that readers and writers share: files, columns and members.
package enum BIDS {
    /// The version of BIDS that is written.
    package static let version = "1.11.1"

    /// What stands for what is not known.
    package static let unknown = "n/a"

    /// The last part of a file's name.
    package enum Suffix: String, Sendable {
        /// The samples, and as JSON what is said of the recording.
        case emg
        /// The table of channels.
        case channels
        /// The table of events.
        case events
    }

    /// The folder of a recording below its session's.
    package static let folder = Suffix.emg.rawValue

    /// Columns of the table of channels.
    package enum ChannelColumn: String, Sendable, CaseIterable {
        case name, type, units
        case samplingFrequency = "sampling_frequency"
        case status
        case statusDescription = "status_description"

        /// Those that must be there.
        package static let required = [Self.name, .type, .units].map(\.rawValue)
    }

    /// The type of an EMG channel, and of one that holds something else.
    package static let channelType = (emg: "EMG", other: "MISC")

    /// The status of a channel.
    package static let channelStatus = (good: "good", bad: "bad")

    /// Columns of the table of events.
    package enum EventColumn: String, Sendable, CaseIterable {
        case onset, duration
        case trialType = "trial_type"
        case value, sample

        /// Those that must be there.
        package static let required = [Self.onset, .duration].map(\.rawValue)
    }

    /// Members of the description of a recording.
    package enum Member: String, Sendable, CaseIterable {
        case taskName = "TaskName"
        case samplingFrequency = "SamplingFrequency"
        case powerLineFrequency = "PowerLineFrequency"
        case placementScheme = "EMGPlacementScheme"
        case placementSchemeDescription = "EMGPlacementSchemeDescription"
        case reference = "EMGReference"
        case ground = "EMGGround"
        case recordingType = "RecordingType"
        case softwareFilters = "SoftwareFilters"
        case hardwareFilters = "HardwareFilters"
        case manufacturer = "Manufacturer"
        case model = "ManufacturersModelName"
        case channelCount = "EMGChannelCount"
        case recordingDuration = "RecordingDuration"
        case sourceRecording = "SourceRecording"

        /// The name in a recording's history; `nil` for what is not kept there.
        package var parameter: String? {
            switch self {
            case .taskName: "bids_task_name"
            case .powerLineFrequency: "bids_power_line_frequency_hz"
            case .placementScheme: "bids_emg_placement_scheme"
            case .reference: "bids_emg_reference"
            case .ground: "bids_emg_ground"
            case .recordingType: "bids_recording_type"
            case .softwareFilters: "bids_software_filters"
            case .hardwareFilters: "bids_hardware_filters"
            case .manufacturer: "bids_manufacturer"
            case .model: "bids_manufacturers_model_name"
            case .samplingFrequency, .placementSchemeDescription, .channelCount,
                .recordingDuration, .sourceRecording:
                nil
            }
        }
    }
}
