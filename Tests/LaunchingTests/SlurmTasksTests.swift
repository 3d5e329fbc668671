import Launching
import Testing

@Suite("Ids of Slurm")
struct SlurmTasksTests {
    @Test(
        "an id tells the job and the tasks of its array",
        arguments: [
            ("123", "123", nil), ("123_4", "123", [4]), ("123_[5-8%4]", "123", [5, 6, 7, 8]),
            ("123_[1,3,7-9]", "123", [1, 3, 7, 8, 9]), ("9_[0-10:5%2]", "9", [0, 5, 10]),
            ("77_[12]", "77", [12]),
        ] as [(String, String, [Int]?)])
    func ids(text: String, job: String, indices: [Int]?) throws {
        let tasks = try #require(SlurmTasks(text))
        #expect(tasks.job == job)
        #expect(tasks.indices == indices)
    }

    @Test(
        "what is no job has no id",
        arguments: [
            "", "123.batch", "123_4.extern", "x", "_4", "123_", "123_[]", "123_[8-5]", "123_[a]",
        ])
    func none(text: String) { #expect(SlurmTasks(text) == nil) }

    @Test(
        "numbers are listed in ranges",
        arguments: [
            ([3], "3"), ([1, 2, 3], "1-3"), ([7, 1, 2, 9, 10], "1-2,7,9-10"), ([4, 4, 2], "2,4"),
        ])
    func list(numbers: [Int], text: String) {
        #expect(SlurmTasks.list(numbers) == text)
        #expect(SlurmTasks("1_[\(text)]")?.indices == Set(numbers).sorted())
    }
}
