/// A run with what its methods told.
struct ToldRun: Sendable {
    let run: RunRecord
    let predictions: TestPredictions
    let setting: TestSetting
}
