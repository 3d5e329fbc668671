"""Calibrates, adapts and controls in headless Chromium as a person would, and says what the page shows.

usage: live.py ADDRESS PROCESS FOLDER   prints one JSON object
"""
import json
import os
import re
import shutil
import signal
import sys
import time

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

address, process, folder = sys.argv[1:]


def browser(name):
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                     "--window-size=1366,900", f"--user-data-dir={folder}/{name}"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


driver = browser("first")
seen = {}


def element(identifier):
    return driver.find_element(By.ID, identifier)


def until(condition, what, seconds=90):
    try:
        WebDriverWait(driver, seconds, 0.1).until(lambda _: condition())
    except Exception:
        driver.save_screenshot(os.path.join(folder, "failed.png"))
        raise SystemExit(f"waited in vain for {what}: log {driver.get_log('browser')}, "
                         f"page {driver.find_element(By.TAG_NAME, 'body').text!r}")


def call(page, path, body=None):
    return page.execute_async_script(
        "const [path, body, done] = arguments;"
        "fetch(path, body === null ? {} : {method: 'POST', body: JSON.stringify(body),"
        " headers: {'Content-Type': 'application/json'}}).then((r) => r.json()).then(done);",
        path, body)


def state():
    return call(driver, "/api/state")


def button(text, inside="body"):
    for found in driver.find_elements(By.CSS_SELECTOR, f"{inside} button"):
        if found.is_displayed() and found.text.split("\n")[0].startswith(text):
            return found
    raise SystemExit(f"there is no button {text!r}")


# The signal, before anything is recorded.
driver.get(address)
until(lambda: int(element("traces").get_attribute("data-frames") or 0) > 10, "frames of the signal")
until(lambda: driver.find_elements(By.CSS_SELECTOR, "#electrodes .electrode"), "quality of electrodes")
seen["electrodes"] = len(driver.find_elements(By.CSS_SELECTOR, "#electrodes .electrode"))
seen["stream"] = element("stream-text").text

# A second browser sees the same.
second = browser("second")
second.get(call(driver, "/api/invitation", {})["address"])

# A guided session of three cycles.
element("tab-session").click()
until(lambda: element("begin-session").is_enabled(), "the form")
for name, value in [("patient", "p9"), ("session", "day1"), ("cycles", "3"), ("hold_s", "1.5")]:
    field = driver.find_element(By.CSS_SELECTOR, f"#begin input[name={name}]")
    field.clear()
    field.send_keys(value)
element("begin-session").click()
until(lambda: element("prompts").is_displayed(), "the prompts")
button("Start", "#prompts").click()
until(lambda: state()["session"]["prompt"]["phase"] == "hold", "the first movement")
first = state()
prompts, seconds = set(), []
stopped = False
while True:
    now = state()
    seconds.append((now["stream"]["samples"] - now["stream"]["lost_samples"], now["decisions"]["count"]))
    text = driver.find_element(By.CSS_SELECTOR, "#prompts .session-text").text
    if text:
        prompts.add(text)
    phase = now["session"]["prompt"]
    if phase["phase"] in ("finished", "stopped"):
        break
    if phase["cycle"] == 2 and phase["phase"] == "hold" and not stopped:
        # The lid is closed for a while.
        stopped = True
        os.kill(int(process), signal.SIGSTOP)
        time.sleep(2)
        os.kill(int(process), signal.SIGCONT)
    time.sleep(0.2)
seen["prompts"] = sorted(prompts)
seen["gaps"] = now["stream"]["gaps"]
# Decisions beside those that the samples that came would make at the bundle's stride.
(samples, decided), (end, all_decided) = seconds[0], seconds[-1]
seen["share"] = (all_decided - decided) / ((end - samples) / 25)
until(lambda: state().get("conversion", {}).get("state") == "converted", "the conversion")
until(lambda: not state()["adaptation"]["busy"], "the adaptation")
last = state()
seen["taken"] = sum(step["outcome"] in ("running", "replaced") for step in last["adaptation"]["steps"])
seen["recording"] = last["conversion"]["path"]
seen["second"] = call(second, "/api/state")["session"]["identity"]
second.quit()

# Taking the adaptation back.
until(lambda: element("undo").is_enabled(), "something to take back")
element("undo").click()
until(lambda: any(step["outcome"] == "undone" for step in state()["adaptation"]["steps"]), "the undo")
seen["steps"] = len(driver.find_elements(By.CSS_SELECTOR, "#adaptation .steps li"))

# A target task, by somebody who is simulated.
element("tab-control").click()
until(lambda: element("simulated").is_displayed(), "the control page")
button("Start", "#target").click()
until(lambda: len(state()["control"]["task"]["results"]) >= 2, "two targets", 150)
button("Stop", "#target").click()
until(lambda: state()["control"]["task"]["phase"] == "finished", "the end of the task")
seen["control"] = element("target").text
seen["log"] = state()["log"]
seen["problems"] = [entry["message"] for entry in driver.get_log("browser")
                    if entry["level"] == "SEVERE" and not re.search("favicon", entry["message"])]
print(json.dumps(seen))
driver.quit()
